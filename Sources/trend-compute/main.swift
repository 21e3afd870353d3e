import ToolSupport
import TrendTool

runTool(TrendCommand.self)
