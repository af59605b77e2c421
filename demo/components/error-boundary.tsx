import { Component, type ComponentChildren } from 'preact';

/** Shows what failed instead of an empty page. */
export class ErrorBoundary extends Component<{ children?: ComponentChildren }, { error: Error | null }> {
  override state = { error: null as Error | null };

  static override getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div class="boot" role="alert">
        <h1>Something went wrong</h1>
        <p>{error.message}</p>
        <p>Reload the page to start again. Your data never left this browser.</p>
      </div>
    );
  }
}
