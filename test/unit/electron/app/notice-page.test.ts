import { expect, it } from 'vitest';
import { noticeAddress, noticePage } from '../../../../electron/app/notice-page.ts';

it('shows text as text, whatever is in it', () => {
  const address = noticeAddress({ title: 'A & B', text: '<img src=x onerror="alert(1)">', isBusy: false });
  const body = noticePage(address)?.body;
  expect(body).toContain('A &amp; B');
  expect(body).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  expect(body).not.toContain('<img');
});

it('is a status while work goes on, and an alert when something failed', () => {
  const roleOf = (isBusy: boolean) =>
    /role="(\w+)"/.exec(noticePage(noticeAddress({ title: '', text: '', isBusy }))?.body ?? '')?.[1];
  expect([roleOf(true), roleOf(false)]).toEqual(['status', 'alert']);
});

it('leaves every other address to the page’s own files', () => {
  expect(noticePage('app://tapedeck/index.html')).toBeNull();
});
