import { main } from '../../src/main.js';

// The program as `src/launch.mjs` runs it, from its sources: for tests that start and kill whole servers.
process.exitCode = (await main(process.argv.slice(2))) ?? 0;
