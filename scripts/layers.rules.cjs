// The layers of the house as dependency-cruiser rules; docs: DESIGN "imports only go down". layers.mjs runs them.
const MODULES = ['records', 'budgets', 'security', 'logistics', 'insight'];
/** A module and what lies above it or beside it: what it may not import. */
const ABOVE = {
  company: MODULES.slice(1),
  records: ['budgets', 'security', 'logistics', 'insight'],
  budgets: ['security', 'logistics', 'insight'],
  security: ['logistics', 'insight'],
  logistics: ['security', 'insight'],
};
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const borders = [
  rule('contract-alone', 'the contract imports itself and zod', { path: '^preload/contract/' }, {
    pathNot: ['^preload/contract/', npm('zod')],
  }),
  rule('bridge-thin', 'the bridge imports the contract and Electron', { path: '^preload/(?!contract/)' }, {
    pathNot: ['^preload/', npm('electron')],
  }),
  rule('renderer-border', 'the windows know the contract, never the office', { path: '^renderer/' }, {
    pathNot: ['^renderer/', '^preload/contract/', '^assets/', 'node_modules/', '^\\.'],
  }),
  rule('renderer-no-node', 'no Node and no Electron in the windows', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
  rule('renderer-no-office-packages', 'packages that need Node stay in main', { path: '^renderer/' }, {
    path: npm('electron', 'electron-store', 'better-sqlite3'),
  }),
  rule('main-border', 'the office never imports the windows or the bridge', { path: '^main/' }, {
    path: ['^renderer/', '^preload/(?!contract/)', '^tests/', '^scripts/'],
  }),
  rule('main-no-react', 'no window packages in the office', { path: '^main/' }, {
    path: npm('react', 'react-dom', '@fluentui/[^/]+', '@tanstack/[^/]+', 'react-[^/]+', 'zustand', 'tinykeys'),
  }),
];

const floors = [
  ...Object.entries(ABOVE).map(([name, above]) =>
    rule(`${name}-floor`, 'nothing lower imports anything higher', { path: `^main/${name}/` }, { path: `^main/(${above.join('|')})/` }),
  ),
  rule('base-floor', 'database and file formats know no module', { path: '^main/(db|io)/' }, {
    path: `^main/(${[...MODULES, 'company'].join('|')})/`,
  }),
  rule('one-opener', 'only db/open.ts opens a database', { path: '^main/', pathNot: '^main/db/open\\.ts$' }, {
    path: npm('better-sqlite3'),
    dependencyTypesNot: ['type-only'],
  }),
];

const everywhere = [
  rule('no-circle', 'imports never run in a circle', {}, { circular: true }),
  rule('resolvable', 'every import leads somewhere', {}, { couldNotResolve: true, pathNot: ['\\?', '^virtual:'] }),
  rule('listed', 'every package is in package.json', {}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
];

module.exports = {
  forbidden: [...borders, ...floors, ...everywhere],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.css', '.d.ts'],
    },
  },
};
