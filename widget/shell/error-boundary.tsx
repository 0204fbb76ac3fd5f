import { Component, type ComponentChildren } from 'preact';

interface Props {
  /** Shown in place of what crashed. */
  fallback: ComponentChildren;
  report(error: unknown): void;
  children: ComponentChildren;
}

/** What a component throws ends here: the rest of the widget, and the page, go on. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown) {
    this.props.report(error);
    this.setState({ failed: true });
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
