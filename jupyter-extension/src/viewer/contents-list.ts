import { type TableOfContents, TableOfContentsFactory, TableOfContentsModel } from '@jupyterlab/toc';
import type { Heading } from './read.ts';
import type { Showing } from './showing.ts';
import type { ReportWidget } from './widget.ts';

type Line = Heading & TableOfContents.IHeading;

/** Sections and panels of a report in JupyterLab's list of contents. */
class ReportContents extends TableOfContentsModel<Line, ReportWidget> {
  readonly documentType = 'profiler-report';

  protected override async getHeadings(): Promise<Line[]> {
    return [...(await this.widget.showing).page().headings];
  }

  protected override isHeadingEqual(one: Line, other: Line): boolean {
    return super.isHeadingEqual(one, other) && one.id === other.id;
  }
}

export class ReportContentsFactory extends TableOfContentsFactory<ReportWidget, Line> {
  protected override _createNew(widget: ReportWidget, configuration?: TableOfContents.IConfig): ReportContents {
    const model = new ReportContents(widget, configuration);
    const follow = (showing: Showing) => {
      void model.refresh();
      const current = model.headings.find(({ id }) => id === showing.section());
      model.setActiveHeading(current ?? null, false); // marked because it is read, not chosen
    };
    void widget.showing.then((showing) => {
      showing.changed.connect(() => follow(showing));
      model.activeHeadingChanged.connect((_, heading) => {
        if (heading) showing.go(heading.id);
      });
    });
    return model;
  }
}
