import TokenizeTool
import ToolSupport

runTool(TokenizeCommand.self)
