import { IconHistory } from '@tabler/icons-react';
import { useWorkbench } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';

/** Shows the chart as it was known at an instant, and back. */
export function ReplayButton() {
  const isOn = useWorkbench((state) => state.chart.asOf !== null);
  const canEnter = useWorkbench((state) => state.chart.window !== null);
  const { enter, leave } = useWorkbench((state) => state.replay);
  return (
    <TextButton
      isOn={isOn}
      disabled={!canEnter}
      title={
        isOn ? 'Back to all that is known (Alt+R)' : 'Show what was known at an instant, and replay (Alt+R)'
      }
      onClick={() => void (isOn ? leave() : enter())}
    >
      <IconHistory size={15} aria-hidden /> As of
    </TextButton>
  );
}
