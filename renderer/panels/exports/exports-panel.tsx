import { useEffect, useId, useMemo, useState } from 'react';
import type { ListedProfile, ProfileList } from '#shared/domain/export-profile';
import { obstacleOf } from '#shared/domain/export-plan';
import {
  exportDraft,
  exportRequestOf,
  readExportForm,
  writeExportForm,
  type ExportForm,
} from '../../data/export-form.ts';
import { useDraft } from '../../state/use-draft.ts';
import { useJobActions } from '../../state/use-job-actions.ts';
import { useWorkbench, useWorkbenchStore } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { Failure } from '../../ui/failure.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextButton } from '../../ui/text-button.tsx';
import { definePanel } from '../define-panel.ts';
import { ExportFields } from './export-fields.tsx';
import { ExportJob } from './export-job.tsx';
import { ExportLook } from './export-look.tsx';
import styles from './exports.module.css';
import { ProfileBar } from './profile-bar.tsx';
import { usePlan } from './use-plan.ts';

export const exportsPanel = definePanel({
  id: 'exports',
  title: 'Exports',
  home: 'bottom',
  Component: ExportsPanel,
});

function ExportsPanel() {
  const profiles = useWorkbench((state) => state.exports.profiles);
  const symbols = useWorkbench((state) => state.catalog.symbols);
  const load = useWorkbench((state) => state.exports.load);
  useEffect(() => void load(), [load]);
  if (symbols.phase === 'ready' && symbols.value.length === 0) {
    return (
      <Empty headline="Nothing to export yet">
        Bars and chart objects of the store are written here as files for other programs.
      </Empty>
    );
  }
  switch (profiles.phase) {
    case 'idle':
    case 'loading':
      return <Skeleton rows={5} label="Reading the export profiles" />;
    case 'failed':
      return <Failure {...profiles.problem} onRetry={() => void load()} />;
    case 'ready':
      return <Export list={profiles.value} />;
  }
}

function Export({ list }: { readonly list: ProfileList }) {
  const store = useWorkbenchStore();
  const zone = useWorkbench((state) => state.settings.zone);
  const shown = useWorkbench((state) => state.chart.key);
  const calls = useWorkbench((state) => state.exports.calls);
  const [draft, setDraft] = useDraft(exportDraft);
  const formId = useId();
  const { begin } = useJobActions();
  const [job, setJob] = useState<string | null>(null);
  const form = useMemo(() => readExportForm(draft, shown), [draft, shown]);
  const listed = profileOf(list, form);
  const reading = useMemo(() => exportRequestOf(form, zone), [form, zone]);
  const { plan, isLooking, look } = usePlan(reading.ok ? reading.request : null, listed?.profile ?? null);
  const change = (part: Partial<ExportForm>) =>
    // Two fields may change before the panel is drawn again.
    setDraft(
      writeExportForm({
        ...readExportForm(store.getState().workspace.drafts[exportDraft] ?? '', shown),
        ...part,
      }),
    );
  if (listed === null) return <Empty headline="There is no export profile" />;
  const isReady = plan?.phase === 'ready' && obstacleOf(plan.value) === null && !isLooking;
  const start = async () => {
    if (!reading.ok) return;
    const begun = await begin(calls.start(reading.request));
    if (begun !== null) setJob(begun.id);
  };
  return (
    <div className={styles.sides}>
      <div className={styles.form}>
        <ProfileBar list={list} chosen={listed} onChoose={(profile) => change({ profile })}>
          <TextButton type="submit" form={formId} look="primary" disabled={!isReady}>
            Export
          </TextButton>
          <TextButton look="outlined" disabled={!reading.ok || isLooking} onClick={look}>
            Look again
          </TextButton>
        </ProfileBar>
        <form
          id={formId}
          aria-label="Export"
          onSubmit={(event) => {
            event.preventDefault();
            void start();
          }}
        >
          <ExportFields form={form} profile={listed.profile} reading={reading} onChange={change} />
        </form>
      </div>
      <ExportLook plan={plan} isLooking={isLooking} missing={reading.ok ? null : reading.reason}>
        {job !== null && <ExportJob id={job} onEnd={look} />}
      </ExportLook>
    </div>
  );
}

/** The profile of the form, or the first there is where that one is gone. */
function profileOf({ profiles }: ProfileList, form: ExportForm): ListedProfile | null {
  return profiles.find(({ profile }) => profile.id === form.profile) ?? profiles[0] ?? null;
}
