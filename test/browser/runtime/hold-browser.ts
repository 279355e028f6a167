import { findBrowser } from '../../../src/runtime/browser.js';
import { launchBrowser } from '../../../src/runtime/browser-launch.js';
import { prepareFonts } from '../../../src/runtime/fonts.js';
import { endWithParent } from '../../cluster/end-with-parent.js';

// Keeps a browser open in the data directory named first, tells its pid, and waits to be killed.
endWithParent();
const dataDirectory = process.argv[2] ?? '';
const { fontconfigFile } = await prepareFonts(dataDirectory, {});
const launched = await launchBrowser(await findBrowser(dataDirectory), { fontconfigFile });
console.log(launched.pid);
