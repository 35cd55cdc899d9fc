// Read an .ics file from standard input as two JavaScript calendar clients do, and print what each understood:
// {"ical.js": {uid: {start, end, summary, status, sequence}}, "node-ical": {…}}. Times are UTC, days are plain dates.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";

const text = readFileSync(0, "utf8");
const instant = (date) => date.toISOString().replace(".000Z", "Z");

function once(readings, uid, reading) {
  if (uid in readings) throw new Error(`two entries have the UID ${uid}`);
  readings[uid] = reading;
}

function byIcalJs() {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const readings = {};
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component, { strictExceptions: true });
    const shown = (time) => (time.isDate ? time.toString() : instant(new Date(time.toUnixTime() * 1000)));
    once(readings, event.uid, {
      start: shown(event.startDate),
      end: shown(event.endDate),
      summary: event.summary,
      status: component.getFirstPropertyValue("status"),
      sequence: event.sequence,
    });
  }
  return readings;
}

function byNodeIcal() {
  const readings = {};
  for (const event of Object.values(ical.sync.parseICS(text))) {
    if (event.type !== "VEVENT") continue;
    const shown = (date) => (event.datetype === "date" ? date.toISOString().slice(0, 10) : instant(date));
    once(readings, event.uid, {
      start: shown(event.start),
      end: shown(event.end),
      summary: event.summary,
      status: event.status,
      sequence: Number(event.sequence),
    });
  }
  return readings;
}

process.stdout.write(JSON.stringify({ "ical.js": byIcalJs(), "node-ical": byNodeIcal() }));
