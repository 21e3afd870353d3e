import QueryTool
import ToolSupport

runTool(QueryCommand.self)
