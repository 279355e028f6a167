import { startEmbeddedPostgres } from '../../../src/runtime/embedded-postgres.js';
import { endWithParent } from '../../cluster/end-with-parent.js';

// Serves a database in the directory named first and tells its address and pid. Ends in order on SIGTERM.
endWithParent();
const server = await startEmbeddedPostgres({
  directory: process.argv[2] ?? '',
  durable: false,
  onEvent: (event) => console.log(JSON.stringify({ event: event.kind, pid: server.pid })),
});
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
console.log(JSON.stringify({ port: server.port, pid: server.pid, superuserUrl: server.superuserUrl }));
