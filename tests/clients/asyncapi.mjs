// Read an AsyncAPI document from standard input with its makers' own parser, and print what it finds wrong:
// [{severity, message, path}], severity 0 for an error, 1 for a warning, 2 and 3 for advice.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(0, "utf8"));
if (!document && !diagnostics.length) throw new Error("nothing was read");
console.log(JSON.stringify(diagnostics.map(({ severity, message, path }) => ({ severity, message, path }))));
