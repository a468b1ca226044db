import { cleanup, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { panels } from '../../../renderer/panels/index.ts';
import { renderOnStore } from '../../helpers/render-on-store.tsx';

afterEach(cleanup);

describe('panels', () => {
  it('have ids of their own', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

describe.each(panels)('panel $id', ({ Component }) => {
  it('says what to do on an empty store', async () => {
    const { container } = await renderOnStore(<Component />);
    await waitFor(() => expect(container.textContent).toMatch(/[A-Z].{20}/));
  });
});
