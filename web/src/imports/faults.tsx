/** Everything that is wrong with a file, each with its place. */

import { Alert } from "antd";
import { useSpeech } from "../frame/language";
import { Listing } from "../parts/listing";
import { whole } from "../parts/lists";
import type { Fault } from "./rules";

export function Faults({ faults }: { faults: readonly Fault[] }) {
  const { say, of } = useSpeech();
  const place = ({ line, cell, pointer }: Fault) => {
    const named = [line && say("import.line", { n: line }), cell && say("import.cell", { name: cell })].filter(Boolean);
    if (named.length > 0) return named.join(say("import.and"));
    return pointer ? <code>{pointer}</code> : say("import.whole_file");
  };
  const title = say("import.faults", { n: faults.length });
  return (
    <section className="sheet" data-faults>
      <h2>{title}</h2>
      <Alert type="error" showIcon title={say("import.faults_told")} />
      <Listing<Fault>
        name={title}
        list={whole({ data: faults, error: null })}
        keyOf={({ line, cell, pointer, code }) => [line, cell, pointer, code].join(" ")}
        empty=""
        columns={[
          { key: "where", title: say("import.where"), cell: place },
          { key: "what", title: say("import.what"), cell: ({ message }) => of(message) },
        ]}
      />
    </section>
  );
}
