/**
 * Who may import whom. `npm run check` runs it; the comments are what a developer reads when a rule fires.
 * Environments (DOM, Node) and the top folders are already kept apart by the tsconfig files.
 */

/** Top to bottom. A folder may import from lower lines only, never from its own line or above. */
const layers = {
  electron: [
    ['commands'],
    ['app', 'api'],
    ['ipc'],
    ['jobs'],
    ['queries', 'exports', 'imports', 'ingest'],
    ['documents', 'engine', 'storage'],
    ['platform'],
  ],
  renderer: [['app'], ['panels'], ['chart', 'state'], ['data'], ['format', 'ui']],
};

/** The files beside the folders, and those of `host`, build the services and hand them to one another. They see everything. */
const wiring = '^electron/(host/)?[^/]+\\.ts$';

/** Packages that one folder owns. Everyone else goes through that folder. */
const owned = {
  '^node_modules/electron/': [
    '^electron/(main\\.ts|preload\\.ts|app/)',
    'so that all the rest runs under plain Node in tests',
  ],
  '^node_modules/@duckdb/': ['^electron/engine/', 'so that one folder knows DuckDB'],
  '^node_modules/parquetjs-lite/': ['^electron/storage/', 'so that one folder knows how files are laid out'],
  '^node_modules/croner/': ['^electron/jobs/schedules/', 'so that one folder knows when something is due'],
  '^node_modules/lightweight-charts/': [
    '^renderer/chart/',
    'so that panels speak of zones and candles, not of series',
  ],
};

const product = '^(electron|renderer|shared|schemas)/';

const layerRules = Object.entries(layers).flatMap(([top, lines]) =>
  lines.flatMap((line, depth) =>
    line.flatMap((folder) => {
      const notBelow = lines
        .slice(0, depth + 1)
        .flat()
        .filter((other) => other !== folder);
      if (notBelow.length === 0) return [];
      return {
        name: `layers-${top}`,
        severity: 'error',
        comment: `${top}/${folder} may import only from the lines below it in build/dependencies.cjs.`,
        from: { path: `^${top}/${folder}/` },
        to: { path: `^${top}/(${notBelow.join('|')})/` },
      };
    }),
  ),
);

const ownerRules = Object.entries(owned).map(([packages, [home, why]]) => ({
  name: 'owned-packages',
  severity: 'error',
  comment: `Only ${home} imports this package, ${why}.`,
  from: { path: product, pathNot: home },
  to: { path: packages },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...ownerRules,
    {
      name: 'top-folders',
      severity: 'error',
      comment:
        'shared <- schemas <- electron | renderer. The two processes meet in shared/ipc.ts and nowhere else.',
      from: { path: '^(shared|schemas|electron|renderer)/' },
      to: { path: '^(schemas|electron|renderer|test|build)/', pathNot: ['^$1/', '^schemas/'] },
    },
    {
      name: 'shared-is-the-bottom',
      severity: 'error',
      comment: 'shared/ imports none of ours.',
      from: { path: '^shared/' },
      to: { path: '^schemas/' },
    },
    {
      name: 'wiring-is-the-top',
      severity: 'error',
      comment: 'What wires the services is imported by no service, only by the commands. Types may be.',
      from: { path: '^electron/', pathNot: [wiring, '^electron/commands/'] },
      to: { path: wiring, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'panels-apart',
      severity: 'error',
      comment: 'Panels talk through renderer/state.',
      from: { path: '^renderer/panels/([^/]+)/' },
      to: { path: '^renderer/panels/[^/]+/', pathNot: '^renderer/panels/$1/' },
    },
    {
      name: 'handlers-do-not-store',
      severity: 'error',
      comment: 'A handler asks queries, exports or jobs. It opens no files.',
      from: { path: '^electron/ipc/' },
      to: { path: '^electron/(storage|engine)/' },
    },
    {
      name: 'registered',
      severity: 'error',
      comment: 'Add it to the list beside it: nothing imports this yet.',
      module: {
        path: '^(schemas/(datasets|documents|export-profiles)/|renderer/panels/.*-panel\\.tsx)',
        numberOfDependentsLessThan: 1,
      },
      from: { path: product },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or three.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      comment: 'Add the package to package.json.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'There is no such file.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
