import { IconAppWindow, IconLink, IconPhoto, IconPhotoDown, IconShare2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { copyChartImage, linkToChart, openWindow, saveChartImage } from '../state/share-commands.ts';
import { useWorkbenchStore } from '../state/use-workbench.ts';
import { copyText } from '../ui/copy-text.ts';
import { DropDown } from './drop-down.tsx';
import { MenuItem, MenuItems } from './menu-items.tsx';
import type { WorkbenchStore } from '../state/store.ts';

/** Takes what the chart shows elsewhere: as a link, as a picture, into another window. */
export function ShareMenu() {
  return (
    <DropDown title="Links, pictures and windows" label={<IconShare2 size={16} aria-label="Share" />}>
      {(close) => <ShareItems onDone={close} />}
    </DropDown>
  );
}

interface Deed {
  readonly name: string;
  readonly icon: ReactNode;
  readonly act: (store: WorkbenchStore) => Promise<unknown>;
}

const deeds: readonly Deed[] = [
  { name: 'Copy link', icon: <IconLink size={14} />, act: copyLink },
  { name: 'Copy image', icon: <IconPhoto size={14} />, act: copyChartImage },
  { name: 'Save image…', icon: <IconPhotoDown size={14} />, act: saveChartImage },
  { name: 'New window', icon: <IconAppWindow size={14} />, act: (store) => openWindow(store, null) },
];

/** The entries alone, for other menus of the chart. */
export function ShareItems({ onDone }: { readonly onDone: () => void }) {
  const store = useWorkbenchStore();
  return (
    <MenuItems label="Share">
      {deeds.map(({ name, icon, act }) => (
        <MenuItem
          key={name}
          icon={icon}
          onChoose={() => {
            onDone();
            void act(store);
          }}
        >
          {name}
        </MenuItem>
      ))}
    </MenuItems>
  );
}

async function copyLink(store: WorkbenchStore): Promise<void> {
  const { say } = store.getState().window;
  const link = linkToChart(store.getState());
  if (link === null) say({ tone: 'bad', text: 'There is no chart to link to' });
  else if (await copyText(link)) say({ tone: 'good', text: `Copied ${link}` });
  else say({ tone: 'bad', text: 'The clipboard could not be written' });
}
