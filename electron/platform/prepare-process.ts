import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';

// DuckDB works on libuv's threads: four heavy queries would make every file call wait. The pool is made at its first use.
process.env['UV_THREADPOOL_SIZE'] ??= '16';

// On few processors the helpers of the garbage collector take them from the queries: one viewport in fifty then took
// 25 ms longer.
if (availableParallelism() <= 2) setFlagsFromString('--no-concurrent-marking');
