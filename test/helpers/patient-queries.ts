import { configure } from '@testing-library/react';

// As long as `expect.poll` waits: a second, which is usual, is little on a slow machine.
configure({ asyncUtilTimeout: 8_000 });
