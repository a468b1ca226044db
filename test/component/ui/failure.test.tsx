import type { ErrorCode } from '#shared/errors';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { errorWording } from '../../../renderer/ui/error-wording.ts';
import { Failure } from '../../../renderer/ui/failure.tsx';

afterEach(cleanup);

it.each(Object.entries(errorWording))('words %s as a sentence', (code, wording) => {
  render(<Failure code={code as ErrorCode} message="data/5m/x" />);
  expect(screen.getByRole('alert').textContent).toContain('data/5m/x');
  expect(wording).toMatch(/^[A-Z].*\.$/);
});

it('tries again', () => {
  const onRetry = vi.fn();
  render(<Failure code="busy" message="" onRetry={onRetry} />);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalledOnce();
});

it('copies the details', async () => {
  const writeText = vi.fn(async () => undefined);
  Object.assign(navigator, { clipboard: { writeText } });
  render(<Failure code="disk-full" message="no space left" />);
  fireEvent.click(screen.getByRole('button', { name: 'Copy details' }));
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
  expect(writeText).toHaveBeenCalledWith('disk-full: no space left');
});
