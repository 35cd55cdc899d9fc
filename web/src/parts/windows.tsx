/** Stretches of time as a list to edit, and as a picture of a week. */

import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useSpeech } from "../frame/language";
import { OneOf } from "./choice";
import { Lines } from "./lines";
import { barsOf, daysFrom, mondayOf, nextDay, type Stretch } from "./stretches";

/** Rows of from and until; where `closable`, each says whether it is open or closed. */
export function StretchRows({ legend, closable = false }: { legend: string; closable?: boolean }) {
  const { say } = useSpeech();
  const form = Form.useFormInstance<{ windows: Stretch[] }>();
  const blank = { closed: "no", start_local: "", end_local: "" };
  return (
    <Lines
      name="windows"
      legend={legend}
      add={say("parts.add_window")}
      blank={blank}
      beside={(row, another) => (
        <Button onClick={() => another(nextDay(form.getFieldsValue().windows[row] ?? blank))}>
          {say("parts.next_day")}
        </Button>
      )}
    >
      {(row) => (
        <>
          {closable && (
            <Form.Item name={[row, "closed"]}>
              <OneOf
                aria-label={say("parts.open_or_closed", { n: row + 1 })}
                options={[
                  ["no", say("parts.open")],
                  ["yes", say("parts.closed")],
                ]}
              />
            </Form.Item>
          )}
          <Form.Item name={[row, "start_local"]} rules={[{ required: true, message: say("parts.needed") }]}>
            <Input type="datetime-local" aria-label={say("parts.from", { n: row + 1 })} />
          </Form.Item>
          <Form.Item name={[row, "end_local"]} rules={[{ required: true, message: say("parts.needed") }]}>
            <Input type="datetime-local" aria-label={say("parts.until", { n: row + 1 })} />
          </Form.Item>
        </>
      )}
    </Lines>
  );
}

/** The week in which something is open or closed, a bar for each day; `start` is a day of the week to begin with. */
export function Week({ windows, start }: { windows: readonly Stretch[]; start: string }) {
  const { say, language } = useSpeech();
  const first = windows.map((each) => each.start_local.slice(0, 10)).sort()[0];
  const [day, setDay] = useState<string>();
  const monday = mondayOf(day ?? (first || start));
  const days = daysFrom(monday);
  const name = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    weekday: "short",
    month: "numeric",
    day: "numeric",
    timeZone: "UTC",
  });
  return (
    <section className="week" aria-label={say("parts.week", { day: monday })}>
      <div className="filters">
        <Button onClick={() => setDay(daysFrom(monday, -7)[0])}>{say("parts.week_before")}</Button>
        <Button onClick={() => setDay(daysFrom(monday, 7)[0])}>{say("parts.week_after")}</Button>
        <span>{`${monday} – ${days[6] ?? ""}`}</span>
      </div>
      <ol>
        {days.map((each) => (
          <li key={each}>
            <span>{name.format(new Date(`${each}T00:00Z`))}</span>
            <span className="bar">
              {barsOf(windows, each).map((bar) => (
                <span
                  key={`${bar.label}${bar.closed ? "c" : "o"}`}
                  className={bar.closed ? "closed" : "open"}
                  style={{ left: `${bar.from / 14.4}%`, width: `${(bar.until - bar.from) / 14.4}%` }}
                  title={bar.label}
                >
                  {say(bar.closed ? "parts.closed" : "parts.open")} {bar.label}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ol>
      <p className="faint">{say("parts.week_key")}</p>
    </section>
  );
}
