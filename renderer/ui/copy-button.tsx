import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from './copy-text.ts';
import { TextButton } from './text-button.tsx';

export interface CopyButtonProps {
  readonly label: string;
  /** Made when it is wanted. */
  readonly text: () => string;
}

/** Copies a text and says for a moment whether that worked. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (outcome === null) return undefined;
    const timer = setTimeout(() => setOutcome(null), 1_500);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => setOutcome((await copyText(text())) ? 'copied' : 'failed');
  const words = { copied: 'Copied', failed: 'Could not copy' };
  return (
    <TextButton onClick={() => void copy()}>
      {outcome === 'copied' ? <IconCheck size={14} /> : <IconCopy size={14} />}
      <span aria-live="polite">{outcome === null ? label : words[outcome]}</span>
    </TextButton>
  );
}
