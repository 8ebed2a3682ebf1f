// What `npm run account` runs: makes sure the build is there, then creates an account.
import { prepare, root, say } from './prepare.mjs';

try {
  await prepare();
  const { account } = await import('../dist/engine/account.js');
  await account(root, process.argv.slice(2));
} catch (error) {
  say(error.message);
  process.exit(1);
}
