import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import styles from './import.module.css';

/** Shows where files may fall: anywhere. Which ones did is told by main, since the page has no say in that. */
export function DropTarget() {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // It leaves one element for another all the time; only out of the window there is none.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
      setOver(false);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!isOver) return null;
  return (
    <div className={styles.drop} role="status">
      <div className={styles.dropWords}>
        <IconFileImport size={32} aria-hidden />
        <strong>Drop to import</strong>
        Files or folders of bars. They are looked through first; nothing is stored until you say so.
      </div>
    </div>
  );
}

/** Tabs of panels are dragged too. */
function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}
