import { createClient } from '#shared/ipc';
import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createWorkbenchStore } from '../../renderer/state/store.ts';
import { StoreContext } from '../../renderer/state/use-workbench.ts';
import { giveElementsRoom } from './dom.ts';
import { fakeStore, type FakeStoreParts } from './fake-store.ts';

/** Renders a part of the window on a store in memory whose list of symbols has been read. */
export async function renderOnStore(content: ReactNode, parts: FakeStoreParts = {}) {
  giveElementsRoom();
  const fake = fakeStore(parts);
  const store = createWorkbenchStore(createClient(fake.bridge), () => () => undefined);
  await store.getState().catalog.load();
  const rendered = render(
    <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
      <StoreContext value={store}>{content}</StoreContext>
    </MantineProvider>,
  );
  return { ...rendered, fake, store };
}
