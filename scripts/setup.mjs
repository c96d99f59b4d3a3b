import { endGroupsWithThisProcess } from './lib/processGroup.mjs';
import { setUp } from './lib/setUp.mjs';

endGroupsWithThisProcess();
try {
  await setUp();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
