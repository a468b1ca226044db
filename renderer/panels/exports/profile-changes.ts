import { formatTraits, splits, type ExportFormat, type ExportProfile } from '#shared/domain/export-profile';

/** A profile in another format keeps what that one can do, and takes its first choice for the rest. */
export function fitted(form: ExportProfile, format: ExportFormat): ExportProfile {
  const { times, compressions: known, loaders, canSplit } = formatTraits[format];
  const pick = <T>(value: T, offered: readonly T[]) =>
    offered.includes(value) ? value : (offered[0] ?? value);
  const split = canSplit ? {} : { splitBy: [], fileName: '{dataset}' };
  return {
    ...form,
    ...split,
    format,
    compression: pick(form.compression, known),
    loader: pick(form.loader, loaders),
    time: { ...form.time, style: pick(form.time.style, times) },
  };
}

/** The name of the files follows: without the split's own part they would all be called alike. */
export function splitChanged(
  form: ExportProfile,
  split: ExportProfile['splitBy'][number],
): Partial<ExportProfile> {
  const isOn = form.splitBy.includes(split);
  const others = form.splitBy.filter((each) => each !== split && (split === 'symbol' || each === 'symbol'));
  const splitBy = splits.filter((each) => others.includes(each) || (each === split && !isOn));
  const kept = splits.reduce(
    (name, each) =>
      splitBy.includes(each) ? name : name.replaceAll(new RegExp(`[_-]?\\{${each}\\}`, 'g'), ''),
    form.fileName,
  );
  const added = splitBy.filter((each) => !kept.includes(`{${each}}`)).map((each) => `_{${each}}`);
  return { splitBy, fileName: `${kept}${added.join('')}` };
}
