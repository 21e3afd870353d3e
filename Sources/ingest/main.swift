import IngestTool
import ToolSupport

runTool(IngestCommand.self)
