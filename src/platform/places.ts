import { existsSync } from 'node:fs';
import path from 'node:path';

/** This file is at src/platform in the sources and at dist/src/platform once compiled. */
const built = path.resolve(import.meta.dirname, '../..');

/** The folder of package.json: views, public, locales and seeds' pictures are read from there in both cases. */
export const rootDir = existsSync(path.join(built, 'package.json')) ? built : path.dirname(built);
export const viewsDir = path.join(rootDir, 'views');
export const publicDir = path.join(rootDir, 'public');
export const localesDir = path.join(rootDir, 'locales');
export const dataDir = path.join(rootDir, '.data');
export const migrationsDir = path.join(built, 'migrations');
