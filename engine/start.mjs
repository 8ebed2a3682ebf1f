// What `npm start` runs. Needs Node and npm alone: installs what is locked, builds what is stale, starts the product.
import { prepare, root, say } from './prepare.mjs';

try {
  const steps = await prepare();
  const { main } = await import('../dist/engine/main.js');
  await main({ root, steps, args: process.argv.slice(2) });
} catch (error) {
  say(error instanceof Error && error.plain !== true && error.name !== 'StartError' ? (error.stack ?? error.message) : error.message);
  process.exit(1);
}
