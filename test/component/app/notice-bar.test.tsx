import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { NoticeBar } from '../../../renderer/app/notice-bar.tsx';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const passes = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

it('takes good news away once it has been in sight, also where the window was minimized meanwhile', async () => {
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const { store } = await renderOnStore(<NoticeBar />);
  vi.useFakeTimers();
  act(() => store.getState().window.say({ tone: 'good', text: 'Compact candles is done' }));
  await passes(60_000);
  expect(screen.getByRole('status').textContent).toContain('Compact candles is done');
  visibility.mockReturnValue('visible');
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await passes(5_000);
  expect(screen.getByRole('status').textContent).toContain('Compact candles is done');
  await passes(2_000);
  expect(screen.getByRole('status').textContent).toBe('');
});

it('leaves what went wrong until it is dismissed', async () => {
  const { store } = await renderOnStore(<NoticeBar />);
  vi.useFakeTimers();
  act(() => store.getState().window.say({ tone: 'bad', text: 'Compact candles failed' }));
  await passes(60_000);
  expect(screen.getByRole('status').textContent).toContain('Compact candles failed');
  act(() => screen.getByRole('button', { name: 'Dismiss' }).click());
  expect(screen.getByRole('status').textContent).toBe('');
});
