import { config } from 'zod';

// The page forbids code made from text, which zod would otherwise try out and have reported as a violation.
config({ jitless: true });
