// Messages of the scripts. They go to stderr only: stdout belongs to the program that is started.

export function say(text) {
  process.stderr.write(`bureau: ${text}\n`);
}

/** A reason to stop that a person can act on; shown without a stack. */
export class Stop extends Error {}

/** Runs a script's main function; a Stop becomes words and exit code 1, anything else keeps its stack. */
export async function run(main) {
  try {
    const code = await main();
    process.exitCode = code ?? 0;
  } catch (error) {
    if (error instanceof Stop) say(error.message);
    else process.stderr.write(`${error?.stack ?? error}\n`);
    process.exitCode = 1;
  }
}
