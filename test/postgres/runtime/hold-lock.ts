import { acquireInstanceLock } from '../../../src/runtime/instance-lock.js';
import { endWithParent } from '../../cluster/end-with-parent.js';

// Takes the lock of the directory named first and says how that went. Keeps it until killed.
endWithParent();
const attempt = acquireInstanceLock(process.argv[2] ?? '', { address: `http://127.0.0.1/${process.pid}` });
console.log(attempt.held ? 'held' : `by ${attempt.by.address}`);
setInterval(() => undefined, 60_000);
