#!/usr/bin/env node
import { run } from "./run.js";
import { EXIT_OK } from "./showError.js";
import { processTerminal } from "./terminal.js";

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT_OK);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), processTerminal());
