import { counted } from '#shared/counted';
import { formatSize } from '../format/size.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { DialogHead } from '../ui/dialog-head.tsx';
import { Dialog } from '../ui/dialog.tsx';
import styles from './about.module.css';

const chartsAddress = 'https://www.tradingview.com/';

/** What this is, on which store it runs, and whose work is in it. */
export function About() {
  const isOpen = useWorkbench((state) => state.overlay.open === 'about');
  const hide = useWorkbench((state) => state.overlay.hide);
  if (!isOpen) return null;
  const close = () => hide('about');
  return (
    <Dialog label="About Tapedeck" onClose={close} className={styles.sheet}>
      <DialogHead title="About Tapedeck" onClose={close} />
      <div className={styles.content} tabIndex={0} role="region" aria-label="Versions and licences">
        <Facts />
        <section className={styles.section}>
          <h3 className={styles.heading}>Charts</h3>
          <p>TradingView Lightweight Charts™, Copyright © 2025 TradingView, Inc., Apache License 2.0.</p>
          <p className={styles.address}>
            <span className={styles.link}>{chartsAddress}</span>
            <CopyButton label="Copy the address" text={() => chartsAddress} />
          </p>
        </section>
        <section className={styles.section}>
          <h3 className={styles.heading}>Made with</h3>
          <table className={styles.packages}>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">Package</th>
                <th scope="col">Version</th>
                <th scope="col">Licence</th>
              </tr>
            </thead>
            <tbody>
              {thirdPartyPackages.map(({ name, version, licence }) => (
                <tr key={name}>
                  <td>{name}</td>
                  <td className="figure">{version}</td>
                  <td>{licence}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </Dialog>
  );
}

function Facts() {
  const summary = useWorkbench((state) => state.catalog.summary);
  const store = summary.phase === 'ready' ? summary.value : null;
  const facts: readonly (readonly [name: string, value: string])[] = [
    ...(store === null
      ? [['Store', 'could not be read'] as const]
      : [
          ['Version', store.appVersion] as const,
          ['Store', `${store.name}${store.isDemo ? ' (demo data)' : ''}`] as const,
          ['Folder', store.folder] as const,
          ['Holds', `${counted(store.fileCount, 'file')}, ${formatSize(store.sizeBytes)}`] as const,
          ['Format', `version ${store.formatVersion}`] as const,
        ]),
    ['Electron', versionOf('Electron')],
    ['Chromium', versionOf('Chrome')],
  ];
  return (
    <section className={styles.section}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
      <CopyButton
        label="Copy these details"
        text={() => facts.map(([name, value]) => `${name}: ${value}`).join('\n')}
      />
    </section>
  );
}

/** Of a program that the page runs in; it names itself among others. */
function versionOf(program: string): string {
  return new RegExp(`${program}/([\\d.]+)`).exec(navigator.userAgent)?.[1] ?? 'unknown';
}
