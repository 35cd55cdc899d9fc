/** A button that unfolds a few entries, closed again by Escape, by a choice or by a look elsewhere. */

import { Button } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

interface Props {
  label: ReactNode;
  /** What the button is called, where `label` does not say it all. */
  name?: string;
  children: ReactNode;
}

export function Menu({ label, name, children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  const [opened, setOpened] = useState(pathname);
  if (opened !== pathname) {
    setOpened(pathname);
    setOpen(false);
  }
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      root.current?.querySelector("button")?.focus();
    };
    const clean = new AbortController();
    for (const kind of ["pointerdown", "focusin"]) addEventListener(kind, elsewhere, { signal: clean.signal });
    addEventListener("keydown", escape, { signal: clean.signal });
    return () => clean.abort();
  }, [open]);
  return (
    <div className="menu" ref={root}>
      <Button type="text" aria-expanded={open} aria-label={name} onClick={() => setOpen(!open)}>
        {label} <span aria-hidden="true">▾</span>
      </Button>
      {open && <div className="unfolded">{children}</div>}
    </div>
  );
}
