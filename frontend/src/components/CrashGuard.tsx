import { Component, type ReactNode } from "react";
import { text } from "../strings/publicText";
import { Notice } from "./Notice";

/** A fault in a part of the page becomes a sentence, never a blank screen. */
export class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="main">
        <Notice kind="bad">
          <p>{text.status.crashed}</p>
          <div className="actions">
            <a className="button" href={window.location.href}>
              {text.retry}
            </a>
          </div>
        </Notice>
      </main>
    );
  }
}
