import FanoutTool
import ToolSupport

runTool(FanoutCommand.self)
