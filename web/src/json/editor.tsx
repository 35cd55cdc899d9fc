/** A field in which JSON is written: lines are numbered, what fits is offered, and what is wrong leads to its place. */

import { Button } from "antd";
import { type ChangeEvent, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useSpeech } from "../frame/language";
import { type JsonSchema, type Suggestion, suggestionsAt } from "./completion";
import { lineOf, offsetOf, scan } from "./scan";
import { parsed, tidy } from "./tidy";
import "./json.css";

/** What is wrong, and where: a JSON pointer into what is written. */
export interface Fault {
  pointer: string;
  message: string;
}

interface Props {
  value?: string;
  onChange?: (text: string) => void;
  id?: string;
  label: string;
  schema?: JsonSchema | undefined;
  faults?: readonly Fault[];
}

interface Offer {
  all: readonly Suggestion[];
  active: number;
  from: number;
  line: number;
  column: number;
  /** How far the field is scrolled. */
  scrolled: number;
}

/** So many are offered at once; the others follow as one goes on. */
const SHOWN = 9;
const LINE = 20;

export function JsonEditor({ value = "", onChange, id, label, schema, faults = [] }: Props) {
  const { say } = useSpeech();
  const field = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const list = useId();
  const [offer, setOffer] = useState<Offer>();
  const [said, setSaid] = useState("");
  const caret = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });
  const sound = parsed(value);
  const lines = value.split("\n").length;
  const propose = (text: string, at: number, asked: boolean) => {
    const found = schema && suggestionsAt(text, at, schema);
    if (!found || found.all.length === 0) {
      setOffer(undefined);
      if (asked) setSaid(say("json.nothing"));
      return;
    }
    setSaid(say("json.count", { n: found.all.length }));
    const scrolled = field.current?.scrollTop ?? 0;
    setOffer({ all: found.all, active: 0, from: found.spot.from, ...lineOf(text, at), scrolled });
  };
  const take = (suggestion: Suggestion) => {
    const at = field.current?.selectionStart ?? value.length;
    if (!offer) return;
    const written = value.slice(offer.from, at);
    const closes = written.startsWith('"') && value[at] === '"' ? 1 : 0;
    const rest = value.slice(at + closes);
    const text =
      suggestion.text.endsWith(": ") && rest.startsWith(":") ? suggestion.text.slice(0, -2) : suggestion.text;
    caret.current = offer.from + text.length;
    setOffer(undefined);
    onChange?.(value.slice(0, offer.from) + text + rest);
  };
  const change = ({ target, nativeEvent }: ChangeEvent<HTMLTextAreaElement>) => {
    onChange?.(target.value);
    const typed = nativeEvent instanceof InputEvent && !nativeEvent.isComposing ? nativeEvent.data : null;
    if (typed === '"' || (offer && typed)) propose(target.value, target.selectionStart, false);
    else setOffer(undefined);
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const at = event.currentTarget.selectionStart;
    if (event.key === " " && event.ctrlKey) propose(value, at, true);
    else if (offer && event.key === "ArrowDown") setOffer({ ...offer, active: (offer.active + 1) % offer.all.length });
    else if (offer && event.key === "ArrowUp") {
      setOffer({ ...offer, active: (offer.active - 1 + offer.all.length) % offer.all.length });
    } else if (offer && event.key === "Enter") {
      const chosen = offer.all[offer.active];
      if (chosen) take(chosen);
    } else if (offer && event.key === "Escape") setOffer(undefined);
    else if (event.key === "Enter") {
      const indent = /^ */.exec(value.slice(value.lastIndexOf("\n", at - 1) + 1, at))?.[0] ?? "";
      caret.current = at + 1 + indent.length;
      onChange?.(`${value.slice(0, at)}\n${indent}${value.slice(event.currentTarget.selectionEnd)}`);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const go = (offset: number) => {
    const { line } = lineOf(value, offset);
    field.current?.focus();
    field.current?.setSelectionRange(offset, offset);
    field.current?.scrollTo({ top: Math.max(0, (line - 4) * LINE), left: 0 });
  };
  const window = offer && Math.max(0, Math.min(offer.active - SHOWN + 1, offer.all.length - SHOWN));
  return (
    <div className="json">
      <div className="acts">
        <Button
          onClick={() => {
            field.current?.focus();
            propose(value, field.current?.selectionStart ?? 0, true);
          }}
        >
          {say("json.offer")}
        </Button>
        <Button disabled={!("value" in sound)} onClick={() => "value" in sound && onChange?.(tidy(sound.value))}>
          {say("json.tidy")}
        </Button>
      </div>
      <p className="faint" id={`${list}-keys`}>
        {say("json.keys")}
      </p>
      <div className="json-field">
        <div className="json-lines" aria-hidden="true">
          <div ref={gutter}>
            {Array.from({ length: lines }, (_, index) => (
              <div key={index}>{index + 1}</div>
            ))}
          </div>
        </div>
        <textarea
          ref={field}
          id={id}
          aria-label={label}
          aria-describedby={`${list}-keys`}
          aria-autocomplete="list"
          aria-activedescendant={offer && `${list}-${offer.active}`}
          spellCheck={false}
          wrap="off"
          value={value}
          onChange={change}
          onKeyDown={press}
          onBlur={() => setOffer(undefined)}
          onScroll={({ currentTarget }) => {
            gutter.current?.style.setProperty("translate", `0 ${-currentTarget.scrollTop}px`);
            setOffer(undefined);
          }}
        />
        {offer && <Offered offer={offer} first={window ?? 0} list={list} take={take} />}
      </div>
      <p role="status" className="unseen">
        {said}
      </p>
      <Faults value={value} sound={sound} faults={faults} go={go} />
    </div>
  );
}

interface OfferedProps {
  offer: Offer;
  first: number;
  list: string;
  take: (suggestion: Suggestion) => void;
}

function Offered({ offer, first, list, take }: OfferedProps) {
  const { say } = useSpeech();
  return (
    <ul
      role="listbox"
      aria-label={say("json.offered")}
      className="json-offer"
      style={{ top: offer.line * LINE - offer.scrolled + 8, left: `min(${offer.column + 3}ch, 30%)` }}
    >
      {offer.all.slice(first, first + SHOWN).map((each, index) => (
        <li
          key={each.text}
          id={`${list}-${first + index}`}
          role="option"
          aria-selected={first + index === offer.active}
          onPointerDown={(event) => {
            event.preventDefault();
            take(each);
          }}
        >
          <code>{each.label}</code> <small>{each.hint}</small>
        </li>
      ))}
    </ul>
  );
}

interface FaultsProps {
  value: string;
  sound: ReturnType<typeof parsed>;
  faults: readonly Fault[];
  go: (offset: number) => void;
}

function Faults({ value, sound, faults, go }: FaultsProps) {
  const { say } = useSpeech();
  const [seen, setSeen] = useState(value);
  useEffect(() => {
    const later = setTimeout(() => setSeen(value), 600);
    return () => clearTimeout(later);
  }, [value]);
  const quiet = seen !== value; // while somebody writes, nothing is whole
  const { places } = scan(value);
  const all =
    "fault" in sound
      ? [{ offset: sound.offset, message: say("json.unsound", { why: sound.fault }) }]
      : faults.map(({ pointer, message }) => ({ offset: offsetOf(places, pointer), message }));
  return (
    <div role="status" className="json-faults">
      {!quiet && all.length > 0 && (
        <>
          <b>{say("json.faults", { n: all.length })}</b>
          <ul>
            {all.map(({ offset, message }, index) => (
              <li key={index}>
                <Button type="link" onClick={() => go(offset)}>
                  {say("json.at", { line: lineOf(value, offset).line })}
                </Button>{" "}
                {message}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
