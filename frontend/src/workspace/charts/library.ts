/** The parts of Apache ECharts that are used, and no others. */

import { BarChart, LineChart, TreemapChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, TreemapChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

export { init };
