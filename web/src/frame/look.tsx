/** How the console looks: Ant Design's parts in our colours, light and dark. Contrasts are those that axe asks for. */

import { App, ConfigProvider, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { createContext, type PropsWithChildren, useContext, useEffect, useState } from "react";
import { useSpeech } from "./language";

const KEPT = "huitang.dark";
const Dark = createContext<[boolean, (dark: boolean) => void]>([false, () => undefined]);

/** Return whether the console is dark, and how to change that. */
export function useDark(): [boolean, (dark: boolean) => void] {
  return useContext(Dark);
}

const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const SYSTEM = matchMedia("(prefers-color-scheme: dark)");

function preferred(): boolean {
  const kept = localStorage.getItem(KEPT);
  return kept === null ? SYSTEM.matches : kept === "yes";
}

export function Look({ children }: PropsWithChildren) {
  const { language } = useSpeech();
  const [dark, setDark] = useState(preferred);
  useEffect(() => {
    const follow = () => setDark(preferred());
    SYSTEM.addEventListener("change", follow);
    return () => SYSTEM.removeEventListener("change", follow);
  }, []);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);
  const change = (wanted: boolean) => {
    localStorage.setItem(KEPT, wanted ? "yes" : "no");
    setDark(wanted);
  };
  const ink = dark ? "255, 255, 255" : "0, 0, 0";
  return (
    <ConfigProvider
      locale={language === "zh" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          colorPrimary: dark ? "#6aa5ff" : "#1554ad",
          colorLink: dark ? "#6aa5ff" : "#1554ad",
          colorError: dark ? "#ff7875" : "#cf1322",
          colorTextDescription: `rgba(${ink}, ${dark ? 0.7 : 0.65})`,
          colorTextTertiary: `rgba(${ink}, ${dark ? 0.7 : 0.65})`,
          colorTextPlaceholder: `rgba(${ink}, ${dark ? 0.65 : 0.62})`,
          borderRadius: 6,
          motion: !STILL.matches,
          fontFamily: "system-ui, 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
        },
        components: { Button: { primaryColor: dark ? "#0b1a33" : "#ffffff" } },
      }}
    >
      <App>
        <Dark value={[dark, change]}>{children}</Dark>
      </App>
    </ConfigProvider>
  );
}
