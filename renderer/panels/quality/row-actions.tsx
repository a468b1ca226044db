import type { Finding, FindingKind, Gap, SeriesQuality } from '#shared/domain/quality';
import { findingMeanings } from '#shared/domain/quality';
import { useState } from 'react';
import type { Problem } from '../../data/problem.ts';
import { beginImport } from '../../state/begin-import.ts';
import { isWorkbench } from '../../state/commands/command.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { TextButton } from '../../ui/text-button.tsx';
import { MarkDialog } from './mark-dialog.tsx';
import { QuarantineDialog } from './quarantine-dialog.tsx';
import styles from './quality-panel.module.css';

export interface GapActionsProps {
  readonly quality: SeriesQuality;
  readonly gap: Gap;
}

/** What can be said of a gap: that its bars will not come, or that they should after all. */
export function GapActions({ quality, gap }: GapActionsProps) {
  const store = useWorkbenchStore();
  // The sheet of imports is in the main window alone.
  const isInWorkbench = useWorkbench(isWorkbench);
  const series = { symbol: quality.symbol, timeframe: quality.timeframe };
  const change = useWorkbench((state) => state.quality.change);
  const zone = useWorkbench((state) => state.settings.zone);
  const [isMarking, setMarking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const marks = quality.expectedGaps.filter(({ from, until }) => from < gap.until && until > gap.from);
  const withdraw = async () => {
    for (const { id } of marks) {
      const refused = await change((calls) => calls.withdrawMark({ id }));
      setProblem(refused);
      if (refused !== null) return;
    }
  };
  return (
    <>
      {(gap.cause === 'missing' || gap.cause === 'halt') && (
        <TextButton look="outlined" onClick={() => setMarking(true)}>
          Mark as expected…
        </TextButton>
      )}
      {gap.cause === 'missing' && isInWorkbench && (
        <TextButton
          look="outlined"
          onClick={() => beginImport(store, { ...series, from: gap.from, until: gap.until })}
        >
          Import again…
        </TextButton>
      )}
      {gap.cause === 'expected' && (
        <TextButton look="outlined" onClick={() => void withdraw()}>
          Take the mark back
        </TextButton>
      )}
      {problem !== null && (
        <span role="alert" className={styles.problem}>
          {problem.message}
        </span>
      )}
      {isMarking && (
        <MarkDialog
          quality={quality}
          gap={gap}
          zone={zone}
          onClose={() => setMarking(false)}
          onMark={({ reason, isOfAllTimeframes }) =>
            change((calls) =>
              calls.markExpected({
                symbol: quality.symbol,
                timeframe: isOfAllTimeframes ? null : quality.timeframe,
                from: gap.from,
                until: gap.until,
                reason,
              }),
            )
          }
        />
      )}
    </>
  );
}

/** Faults of a bar itself; what was written twice or out of order is put right by merging. */
const quarantined: readonly FindingKind[] = [
  'misaligned',
  'bounds',
  'high-low',
  'spike',
  'outlier',
  'closed-hours',
  'zero-volume',
];
const merged: readonly FindingKind[] = ['conflict', 'disorder', 'repeat'];

export interface FindingActionsProps {
  readonly quality: SeriesQuality;
  readonly finding: Finding;
}

/** What can be done about rows that were found: take them out, or merge the files they are in. */
export function FindingActions({ quality, finding }: FindingActionsProps) {
  const ask = useWorkbench((state) => state.workspace.ask);
  const [isOpen, setOpen] = useState(false);
  const { kind, from, through, detail } = finding;
  if (merged.includes(kind)) {
    return (
      <TextButton look="outlined" onClick={() => ask({ kind: 'show', panel: 'compaction' })}>
        Compaction…
      </TextButton>
    );
  }
  if (!quarantined.includes(kind)) return null;
  return (
    <>
      <TextButton look="outlined" onClick={() => setOpen(true)}>
        Quarantine…
      </TextButton>
      {isOpen && (
        <QuarantineDialog
          symbol={quality.symbol}
          timeframe={quality.timeframe}
          from={from}
          until={through + 1}
          reason={`${findingMeanings[kind].title}: ${detail}`}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
