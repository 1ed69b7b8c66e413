import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

const require = createRequire(import.meta.url);

// Pages are painted without a graphics card; to imitate one as well takes most of the time.
sparticuz.setGraphicsMode = false;

/** The set is meant for one page in a sandboxed function: these crash a second context or switch off what we test. */
const UNWANTED = new Set([
  '--single-process',
  '--no-zygote',
  '--disable-web-security',
  '--allow-running-insecure-content',
  "--headless='shell'",
]);

const ARGS = [
  '--disable-gpu',
  ...sparticuz.args.filter(arg => !UNWANTED.has(arg)),
  // Tests stay on this machine: no other name resolves, no proxy is asked.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  '--no-proxy-server',
];

/** Unpacks the browser, the libraries and the fonts of the npm package; a second process asking meanwhile does no harm. */
function unpack(): string {
  const entry = require.resolve('@sparticuz/chromium');
  const home = entry.slice(0, entry.lastIndexOf(`${path.sep}build${path.sep}`));
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as {
    version: string;
  };
  const cache = path.join(home, '../../.cache');
  const dir = path.join(cache, `chromium-${version}`);
  if (existsSync(dir)) return dir;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(`${dir}-`);
  // In a process of its own: the package unpacks into TMPDIR, and its libraries only where it believes to be on Lambda.
  const unpacking = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', "await (await import('@sparticuz/chromium')).default.executablePath()"],
    {
      cwd: home,
      env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      encoding: 'utf8',
    },
  );
  if (unpacking.status !== 0) throw new Error(`could not unpack Chromium: ${unpacking.stderr}`);
  writeFileSync(path.join(draft, 'fonts.conf'), fontConfiguration(dir));
  try {
    renameSync(draft, dir);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(dir)) throw error; // otherwise another process was quicker
  }
  return dir;
}

/** The same fonts on every machine, so that pictures and line breaks are the same: Inter, and Nanum Gothic for Hangul. */
function fontConfiguration(dir: string): string {
  const packages = ['inter', 'nanum-gothic'].map(font =>
    path.relative(dir, path.dirname(require.resolve(`@expo-google-fonts/${font}/package.json`))),
  );
  const generics = ['system-ui', 'sans-serif', 'serif', 'monospace'].map(
    generic =>
      `<alias binding="same"><family>${generic}</family><prefer><family>Inter</family><family>NanumGothic</family></prefer></alias>`,
  );
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${packages.map(folder => `<dir prefix="relative">${folder}</dir>`).join('\n')}
${generics.join('\n')}
</fontconfig>
`;
}

/** The npm package's Chromium, which needs nothing of the system but glibc. */
function packaged(): LaunchOptions {
  const dir = unpack();
  const libraries = [path.join(dir, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executablePath: path.join(dir, 'chromium'),
    args: ARGS,
    env: {
      ...definedEnvironment(),
      LD_LIBRARY_PATH: libraries,
      FONTCONFIG_FILE: path.join(dir, 'fonts.conf'),
    },
  };
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/**
 * A Chromium for tests and pictures: the one of the npm package, or the one at CHROMIUM_PATH, or the system's where
 * the package's cannot run (it is built for Linux on x64).
 */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH;
  if (given) return await chromium.launch({ executablePath: given, args: ARGS });
  try {
    return await chromium.launch(packaged());
  } catch (error) {
    const system = '/usr/bin/chromium';
    if (!existsSync(system)) throw error;
    return await chromium.launch({ executablePath: system, args: ARGS });
  }
}
