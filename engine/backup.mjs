// What `npm run backup` and `npm run restore` run: makes sure the build is there, then does what its first argument says.
import { prepare, root, say } from './prepare.mjs';

try {
  await prepare();
  const { command } = await import('../dist/engine/backup.js');
  await command(process.argv[2], root, process.argv.slice(3));
} catch (error) {
  say(error instanceof Error && error.plain !== true && error.name !== 'StartError' ? (error.stack ?? error.message) : error.message);
  process.exit(1);
}
