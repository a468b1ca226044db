import { exportManifestVersion, type ExportManifest } from '#shared/domain/export-report';
import { companionName, type Companion, type Exported } from './companion.ts';
import { dictionary } from './dictionary.ts';
import { pandasLoader } from './pandas-loader.ts';
import { postgresqlScripts } from './postgresql-scripts.ts';
import { rLoader } from './r-loader.ts';

/** What lies beside the files of an export, the manifest last. */
export function companionsOf(
  exported: Exported,
  manifest: Omit<ExportManifest, 'kind' | 'version'>,
): readonly Companion[] {
  return [
    ...loaderOf(exported),
    ...(exported.profile.dictionary ? [dictionary(exported)] : []),
    {
      path: manifestPath(exported),
      text: `${JSON.stringify({ kind: 'tapedeck-export', version: exportManifestVersion, ...manifest }, null, 2)}\n`,
    },
  ];
}

/** Lean's folder belongs to Lean, and gathers many exports: there the manifest is out of the way. */
function manifestPath({ profile, destination }: Exported): string {
  return profile.format === 'lean'
    ? `tapedeck/${profile.id}.manifest.json`
    : companionName(destination, 'manifest.json');
}

function loaderOf(exported: Exported): readonly Companion[] {
  switch (exported.profile.loader) {
    case 'none':
      return [];
    case 'pandas':
      return [pandasLoader(exported)];
    case 'r':
      return [rLoader(exported)];
    case 'psql':
      return postgresqlScripts(exported);
  }
}
