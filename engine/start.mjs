// What `npm start` runs. Needs Node and npm alone: installs what is locked, builds what is stale, starts the product.
// Node is given larger young generations than its own, as most objects outlive a few milliseconds here, and one thread to collect garbage with: more of them
// take the processor from the database and from each other.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { prepare, root, say } from './prepare.mjs';

// V8 would let the heap grow to four times what is kept before it looks for garbage: with many waiting instances that is some 300 MiB more.
setFlagsFromString('--heap-growing-percent=150');
// V8 would make objects in old space where many of that kind have outlived a collection: those that did not would keep what they refer to until the next full one.
setFlagsFromString('--no-allocation-site-pretenuring');

/** Once people have been let in. */
const COLLECT_AFTER_MS = 1000;

try {
  const steps = await prepare();
  const { main } = await import('../dist/engine/main.js');
  await main({ root, steps, args: process.argv.slice(2) });
  setTimeout(collectGarbage, COLLECT_AFTER_MS).unref();
} catch (error) {
  say(error instanceof Error && error.plain !== true && error.name !== 'StartError' ? (error.stack ?? error.message) : error.message);
  process.exit(1);
}

/** What starting has left behind would else stay until more than as much again has come. */
function collectGarbage() {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
