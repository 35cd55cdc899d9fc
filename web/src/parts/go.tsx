/** A way to another screen that looks like a button, and is a link. */

import { Button } from "antd";
import type { ReactNode } from "react";
import { useHref, useNavigate } from "react-router";

export function Go({ to, primary = false, children }: { to: string; primary?: boolean; children: ReactNode }) {
  const href = useHref(to);
  const navigate = useNavigate();
  return (
    <Button
      type={primary ? "primary" : "default"}
      href={href}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Button>
  );
}
