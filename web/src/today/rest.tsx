/** What is done to the rest of a room's day: put off, or taken to another room. */

import { Radio, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useSpeech } from "../frame/language";
import { Confirm } from "../parts/confirm";
import type { Placement } from "../schedule/rules";
import type { Deeds } from "./deeds";
import { DELAYS } from "./rules";

interface Rest {
  room: string;
  name: string;
  /** With what the rest begins, unless another is chosen. */
  first: Placement | undefined;
  choices: readonly { value: string; label: string }[];
  deeds: Deeds;
}

export function Delay({ room, name, first, choices, deeds }: Rest) {
  const { say } = useSpeech();
  const [minutes, setMinutes] = useState<number>(10);
  const [from, setFrom] = useFrom(first, choices);
  return (
    <Confirm
      size="large"
      label={say("today.delay")}
      name={say("today.delay_named", { room: name })}
      question={say("today.delay_title", { room: name })}
      act={() => deeds.delay({ room, from }, minutes, { room: name, time: from.slice(11, 16), minutes })}
    >
      <div className="asked">
        <Radio.Group
          aria-label={say("today.minutes")}
          size="large"
          buttonStyle="solid"
          value={minutes}
          onChange={({ target }) => setMinutes(Number(target.value))}
        >
          {DELAYS.map((n) => (
            <Radio.Button key={n} value={n}>
              {say("today.minutes_each", { n })}
            </Radio.Button>
          ))}
        </Radio.Group>
        <From choices={choices} value={from} onChange={setFrom} />
      </div>
    </Confirm>
  );
}

export function ChangeRoom({ names, ...rest }: Rest & { names: ReadonlyMap<string, string> }) {
  const { room, name, first, choices, deeds } = rest;
  const { say } = useSpeech();
  const others = [...names].filter(([id]) => id !== room).map(([value, label]) => ({ value, label }));
  const [to, setTo] = useState(others[0]?.value);
  const [from, setFrom] = useFrom(first, choices);
  if (to === undefined) return null;
  const said = { room: name, to: names.get(to) ?? "", time: from.slice(11, 16) };
  return (
    <Confirm
      size="large"
      label={say("today.change")}
      name={say("today.change_named", { room: name })}
      question={say("today.change_title", { room: name })}
      act={() => deeds.change({ room, from }, to, said)}
    >
      <div className="asked">
        <Labelled label={say("today.to")}>
          <Select size="large" aria-label={say("today.to")} value={to} onChange={setTo} options={others} />
        </Labelled>
        <From choices={choices} value={from} onChange={setFrom} />
      </div>
    </Confirm>
  );
}

/** Return from when on: as chosen, as long as something starts then, else with what is on or comes next. */
function useFrom(first: Placement | undefined, choices: Rest["choices"]) {
  const [wanted, setWanted] = useState<string>();
  const found = choices.find((each) => each.value === wanted)?.value;
  const from = found ?? first?.start_local ?? choices[0]?.value ?? "";
  return [from, setWanted] as const;
}

interface FromProps {
  choices: Rest["choices"];
  value: string;
  onChange: (from: string) => void;
}

function From({ choices, value, onChange }: FromProps) {
  const { say } = useSpeech();
  return (
    <Labelled label={say("today.from")}>
      <Select size="large" aria-label={say("today.from")} value={value} onChange={onChange} options={[...choices]} />
    </Labelled>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="labelled">
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}
