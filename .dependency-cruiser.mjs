/** The layers of docs/adr/0001 as rules. scripts/test.mjs also asserts that modules were really looked at. */
const pure = (name, path, allowed) => ({
  name,
  severity: "error",
  comment: `${path} may import only: ${allowed}`,
  from: { path, pathNot: "\\.(test|long)\\.ts$" },
  to: { pathNot: allowed },
});

export default {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    pure("core-is-pure", "^src/core/", "^(src/core/|.*node_modules/(@noble/hashes|fflate|qr|valibot)/)"),
    pure(
      "engine-imports-core",
      "^src/engine/",
      "^(src/(engine|core)/|.*node_modules/(fflate|valibot|@noble/hashes|esptool-js/lib/targets)/)",
    ),
    pure("host-joins-engine-and-sim", "^src/host/", "^src/(host|core|engine|sim)/"),
    // The simulator shares no encoder or decoder with the host: from core only tables, from engine only port types.
    pure(
      "sim-shares-only-tables",
      "^src/sim/",
      "^(src/sim/|src/core/.*tables?(/|\\.ts)|src/core/errors\\.ts|src/core/text/|src/engine/(ports|time)\\.ts|.*node_modules/(@noble/hashes|fflate)/)",
    ),
    {
      name: "engine-never-sees-sim",
      severity: "error",
      from: { path: "^src/(engine|core)/", pathNot: "\\.(test|long)\\.ts$" },
      to: { path: "^src/(sim|host|platform|cli|server|web)/" },
    },
    {
      name: "a-firmware-is-known-by-its-driver",
      severity: "error",
      comment: "Jobs, safety, calibration and flash work with any firmware: they know it by engine/firmware-driver.",
      from: { path: "^src/engine/(jobs|safety|calibration|flash|firmware-driver)/", pathNot: "\\.(test|long)\\.ts$" },
      to: { path: "^src/(engine|core)/tasmota/", pathNot: "^src/core/tasmota/(credentials|answer)\\.ts$" },
    },
    {
      name: "a-firmware-is-reached-through-the-drivers",
      severity: "error",
      comment:
        "Rescue and host reach a firmware by engine/firmware-drivers.ts; tasmota/driver.ts is for that file only.",
      from: { path: "^src/(engine/(rescue|doctor)/|engine/locate-plug\\.ts|host/)", pathNot: "\\.(test|long)\\.ts$" },
      to: { path: "^src/engine/tasmota/" },
    },
    {
      name: "jobs-stand-on-top",
      severity: "error",
      comment: "A job puts flash, safety and firmware together; none of them knows of jobs.",
      from: {
        path: "^src/engine/(tasmota|flash|safety|home|link|wires|calibration)/",
        pathNot: "\\.(test|long)\\.ts$",
      },
      to: { path: "^src/engine/(jobs|rescue)/" },
    },
    {
      // The environment that a platform makes is a set of ports: its type is the only thing of the host that it sees.
      name: "platform-imports-ports-and-core",
      severity: "error",
      from: { path: "^src/platform/", pathNot: "\\.(test|long)\\.ts$" },
      to: { path: "^src/", pathNot: "^src/(platform|core|engine/(ports|time)\\.ts|host/environment\\.ts)" },
    },
    {
      name: "cli-uses-the-simulator-by-its-entry",
      severity: "error",
      from: { path: "^src/cli/", pathNot: "\\.(test|long)\\.ts$" },
      to: { path: "^src/sim/", pathNot: "^src/sim/index\\.ts$" },
    },
    {
      name: "cli-uses-layers-by-their-entries",
      comment:
        "docs/adr/0012. The others are loaded when they are used, alone: an entry would bring its whole layer along.",
      severity: "error",
      from: { path: "^src/cli/", pathNot: "\\.(test|long)(-support)?\\.ts$" },
      to: {
        path: "^src/(core|engine|host|platform)/",
        pathNot:
          "^src/((core|engine|host|platform/node)/index|platform/node/(home-modes|files)|engine/home/folders|core/text/catalogues/[a-z]+)\\.ts$",
      },
    },
    {
      name: "server-passes-calls-to-the-host",
      comment: "The server adds no job logic of its own: it knows layers by their entries.",
      severity: "error",
      from: { path: "^src/server/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^src/",
        pathNot: "^src/(server/|(core|engine|host|platform/node)/index\\.ts|web/content-security-policy\\.ts)",
      },
    },
    {
      name: "web-knows-the-host-client",
      comment: "The pages know HostClient, the host's types, and what is pure. Only the worker has a host in it.",
      severity: "error",
      from: { path: "^src/web/", pathNot: "^src/web/worker/|\\.test\\.tsx?$" },
      to: { path: "^src/", pathNot: "^src/(web/|core/(index|text/catalogues/[a-z]+)\\.ts|(engine|host)/index\\.ts)" },
    },
    {
      name: "pages-take-only-types-of-host-and-engine",
      severity: "error",
      from: { path: "^src/web/", pathNot: "^src/web/worker/|\\.test\\.tsx?$" },
      to: { path: "^src/(engine|host)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-the-cli-starts-the-server",
      severity: "error",
      from: { pathNot: "^(src/(server|cli)/|test/|bench/)" },
      to: { path: "^src/server/" },
    },
    {
      name: "nobody-imports-the-pages",
      severity: "error",
      from: { pathNot: "^(src/web/|test/|bench/)" },
      to: { path: "^src/web/", pathNot: "^src/web/content-security-policy\\.ts$" },
    },
    {
      name: "nobody-imports-the-cli",
      severity: "error",
      from: { pathNot: "^(src/cli/|test/|bench/)" },
      to: { path: "^src/cli/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
