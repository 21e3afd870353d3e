import PipelineTool
import ToolSupport

runTool(PipelineCommand.self)
