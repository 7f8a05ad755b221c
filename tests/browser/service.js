// The program under test, as a person would start it: a store filled with the sample, checked, served.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const START_SECONDS = 60;

/** The program that `cargo xtask test` has built, or the one of a build by hand. */
export const ranh = process.env.RANH_BIN ?? join(root, 'target/debug/ranh');

/** Fills a store with the sample's layers and checks it; answers with the store's path. */
export async function fillStore(folder) {
  const store = join(folder, 'sample.gpkg');
  const sample = join(root, 'data/sample');
  const files = (await readdir(sample)).filter((name) => name.endsWith('.geojson')).sort();
  for (const name of files) {
    await run(ranh, ['import', join(sample, name), '--store', store, '--role', 'auto']);
  }
  // Exit code 1 means findings: the sample is made of them.
  await run(ranh, ['check', '--store', store], { maxBuffer: 1 << 28 }).catch((failure) => {
    if (failure.code !== 1) throw failure;
  });
  return store;
}

/** Serves the sample on a free port; `stop` ends the server and takes its store away. */
export async function startService() {
  const folder = await mkdtemp(join(tmpdir(), 'ranh-browser-'));
  const service = await serveStore(await fillStore(folder));
  const stop = async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...service, stop };
}

/** Serves a store on a free port, with more flags if need be; `stop` ends the server. */
export async function serveStore(store, ...flags) {
  const port = await freePort();
  const server = spawn(ranh, ['serve', '--store', store, '--listen', `127.0.0.1:${port}`, ...flags], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    server.kill();
    await ended;
  };
  try {
    await healthy(origin, server);
  } catch (failure) {
    await stop();
    throw failure;
  }
  return { origin, store, stop };
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Asks until the server answers; a server that ends or stays silent is an error. */
async function healthy(origin, server) {
  const deadline = Date.now() + START_SECONDS * 1000;
  while (Date.now() < deadline && server.exitCode === null) {
    const answer = await fetch(`${origin}/health`).catch(() => null);
    if (answer?.ok) return;
    await wait(50);
  }
  throw new Error(server.exitCode === null ? `no answer from ${origin}` : `serve ended: ${server.exitCode}`);
}

/** For whoever wants to see what a test saw. */
export const picture = (page, name) =>
  process.env.RANH_PICTURES ? page.screenshot({ path: `${process.env.RANH_PICTURES}/${name}.png` }) : null;
