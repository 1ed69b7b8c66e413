/**
 * The floors and doors of src/README.md, held by `npm run lint`. A file imports only from a lower floor; of another
 * room only its index.ts. Type-only imports count: they tie two rooms together just the same.
 */

/** From the ground up. Rooms on one floor never import one another. */
const FLOORS = [
  ['lib'],
  ['platform'],
  ['web'],
  ['accounts', 'media', 'inventory', 'payments', 'discounts', 'shipping', 'tax', 'content'],
  ['catalog'],
  ['bundles', 'search'],
  ['cart', 'orders', 'favourites'],
  ['checkout', 'returns', 'reviews', 'recommendations'],
  ['storefront', 'mail', 'notifications', 'reconciliation', 'my-account'],
  ['admin'],
];
/** lib/ and platform/ are drawers of single files and have no door; from web/ up, each room has one. */
const WITHOUT_DOOR = ['lib', 'platform'];
/** Floor 10: the files that know everything, with their folders, and the simulators beside them. */
const WIRING = '^src/(app|server|worker|release|dev|audit|import-shopify|admin-create)(\\.ts$|/)';
const ROOMS = FLOORS.flat();
const oneOf = names => `(${names.join('|')})`;

const floorRules = FLOORS.flatMap((rooms, floor) =>
  rooms.map(room => {
    const forbidden = FLOORS.slice(floor)
      .flat()
      .filter(other => other !== room);
    return {
      name: `floor-${floor}-${room}`,
      comment: `${room}/ stands on floor ${floor}: it imports from lower floors only`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: `^src/(${oneOf([...forbidden, 'simulators', 'audit', 'import-shopify'])}/|[^/]+\\.ts$)` },
    };
  }),
);

module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: 'door',
      comment: 'of another room only its index.ts',
      severity: 'error',
      from: { path: '^src/([^/]+)(/|\\.ts$)' },
      to: {
        path: `^src/${oneOf([...ROOMS.filter(room => !WITHOUT_DOOR.includes(room)), 'simulators'])}/`,
        pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'door-for-seeds',
      comment: 'the seed goes through the doors as well',
      severity: 'error',
      from: { path: '^seeds/' },
      to: {
        path: `^src/${oneOf(ROOMS.filter(room => !WITHOUT_DOOR.includes(room)))}/`,
        pathNot: '^src/[^/]+/index\\.ts$',
      },
    },
    {
      name: 'room-on-no-floor',
      comment: 'a new room gets its floor here and in src/README.md first',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: [`^src/${oneOf([...ROOMS, 'simulators'])}/`, WIRING] },
    },
    {
      name: 'file-on-no-floor',
      comment: 'the same, for a file that nothing imports yet',
      severity: 'error',
      from: { path: '^src/', pathNot: [`^src/${oneOf([...ROOMS, 'simulators'])}/`, WIRING] },
      to: {},
    },
    {
      name: 'simulators-know-no-room',
      comment:
        'a simulator plays another company: it knows values and the outside world, nothing of the store',
      severity: 'error',
      from: { path: '^src/simulators/' },
      to: { path: '^src/', pathNot: '^src/(simulators|lib|platform)/' },
    },
    {
      name: 'no-simulators-in-production',
      comment: 'only dev.ts starts simulators, by a dynamic import that production never reaches',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(simulators/|dev\\.ts$)' },
      to: { path: '^src/simulators/' },
    },
    {
      name: 'simulators-only-on-demand',
      comment: 'dev.ts imports simulators dynamically',
      severity: 'error',
      from: { path: '^src/dev\\.ts$' },
      to: { path: '^src/simulators/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'no-cycles',
      comment: 'files that import one another are one file',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-tests-in-the-store',
      severity: 'error',
      from: { path: '^(src|seeds|migrations)/' },
      to: { path: '^test/' },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'a migration must run years later: it imports nothing of the store',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(src|seeds|test|migrations)/' },
    },
    {
      name: 'no-seeds-in-production',
      comment: 'the demo brings its own goods: only dev.ts knows them',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/dev\\.ts$' },
      to: { path: '^seeds/' },
    },
    {
      name: 'no-dev-dependencies-in-production',
      comment:
        'what production imports is a dependency; the embedded database and simulators are for development',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '^src/simulators/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
