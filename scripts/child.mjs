// Starting other programs: one that takes over the terminal, and one whose words we read.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Exit code the way shells count it: 128 + number for a program ended by a signal. */
export function exitCode(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0);
}

/**
 * Starts a program in the foreground, passes signals on to it and resolves to its exit code.
 * `onLine` receives stdout line by line instead of the terminal when it is given.
 */
export function foreground(command, args, { onLine, limitMs, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = onLine ? ['inherit', 'pipe', 'inherit'] : 'inherit';
    const child = spawn(command, args, { stdio, ...options });
    // A terminal sends Ctrl+C to the child as well; a second one could mean "at once" to it.
    const pass = (signal) => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal);
    for (const signal of PASSED_ON) process.on(signal, pass);
    const timer = limitMs && setTimeout(() => child.kill('SIGKILL'), limitMs);
    const done = () => {
      clearTimeout(timer);
      for (const signal of PASSED_ON) process.off(signal, pass);
    };
    if (onLine) readLines(child.stdout, onLine);
    child.on('error', (error) => (done(), reject(error)));
    child.on('close', (code, signal) => (done(), resolve(exitCode(code, signal))));
  });
}

function readLines(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    lines.forEach(onLine);
  });
  stream.on('end', () => rest && onLine(rest));
}

/** Runs a program to its end and gives {ok, code, out, err}; never throws. */
export function ask(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 << 20, ...options });
  const err = done.error ? String(done.error.message) : (done.stderr ?? '');
  return { ok: done.status === 0, code: done.status, signal: done.signal, out: done.stdout ?? '', err };
}

/** Full path of a program on PATH, or undefined. */
export function which(name) {
  const found = ask('sh', ['-c', `command -v -- ${name}`]);
  return found.ok ? found.out.trim() : undefined;
}
