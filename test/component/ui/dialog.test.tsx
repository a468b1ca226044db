import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { Dialog } from '../../../renderer/ui/dialog.tsx';

afterEach(cleanup);

function Vanishing() {
  const [isThere, setThere] = useState(true);
  return isThere ? (
    <button type="button" data-autofocus onClick={() => setThere(false)}>
      Go
    </button>
  ) : (
    <p>gone</p>
  );
}

it('keeps the focus when what had it goes, so that Escape still closes it', async () => {
  const onClose = vi.fn();
  render(
    <Dialog label="Sheet" onClose={onClose}>
      <Vanishing />
    </Dialog>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Go' }));
  const sheet = screen.getByRole('dialog', { name: 'Sheet' });
  await waitFor(() => expect(document.activeElement).toBe(sheet));
  fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
  expect(onClose).toHaveBeenCalledOnce();
});
